// Pages that do with what is typed what honest pages, frameworks and dark patterns do: a field that changes while one types,
// a value that comes back elsewhere and in another form. Each has values of its own, so that a leak names its page.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from '@playwright/test';

/** The page has come to rest, and its picture is taken. */
const REST_MS = 800;
const KEY_MS = 15; // between two key strokes

export interface Devious {
  /** Its path on the server, and the name of its test. */
  name: string;
  /** What the page does, in the words of its test. */
  does: string;
  /** What is in its body. */
  body: string;
  /** What must not be found, in any form. */
  planted: readonly string[];
  /** What must not be found as it is: too short, or too ordinary, to be looked for in bytes. */
  never?: readonly RegExp[];
  /** A role whose presses must not say which answer was given, and by what they would. */
  answers?: { role: string; named: RegExp };
  /** What must be found: it stands on the page by chance, or shows that the page was recorded at all. */
  kept?: readonly string[];
  act: (page: Page) => Promise<void>;
}

/** Types into the field key by key, whatever the page puts in its place. */
async function type(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).click();
  await page.keyboard.type(text, { delay: KEY_MS });
}

/** Presses what the page shows when it rests, so that all of it is told. */
async function press(page: Page, selector = '#done'): Promise<void> {
  await page.waitForTimeout(REST_MS);
  await page.locator(selector).click();
}

/** Types a value in small letters, so that nothing but the echo knows it; lets the page show it, and presses beside it. */
const typeAndPress = (text: string, show = false) => async (page: Page): Promise<void> => {
  await type(page, '#field', text.toLowerCase());
  if (show) await press(page, '#show');
  await press(page, '#out');
  await press(page);
};

const OUT = '<p id="out">Nothing yet</p><button id="done">Done</button>';
/** A field whose value the page shows when a button is pressed, as the expression says. */
const shown = (expression: string, label = 'Full name'): string =>
  `<label>${label} <input id="field" name="fullname"></label><button id="show">Show</button>${OUT}
  <script>show.onclick = () => { const v = field.value; ${expression} };</script>`;

export const PAGES: readonly Devious[] = [
  {
    name: 'nameless', does: 'takes type, name and label off a field while one types',
    body: `<form><label id="label">Full name</label> <input id="field" type="text" name="fullname" autocomplete="name" aria-labelledby="label"></form>${OUT}
      <script>field.oninput = () => { for (const a of ['type', 'name', 'autocomplete', 'aria-labelledby']) field.removeAttribute(a);
        label.textContent = 'Search'; out.textContent = 'Good day, ' + field.value; };</script>`,
    planted: ['Brimlowe Castavet', 'Castavet', 'Brimlowe'], kept: ['Good day'],
    act: typeAndPress('Brimlowe Castavet'),
  },
  {
    name: 'replaced', does: 'puts a new field in the old one\'s place at each key',
    body: `<div id="place"><label>Full name <input id="field" name="fullname"></label></div>${OUT}
      <script>const change = (e) => { const next = document.createElement('input'); next.id = 'field'; next.value = e.target.value; next.oninput = change;
        out.textContent = 'GOOD DAY, ' + next.value.toUpperCase(); place.replaceChildren(next); next.focus(); next.setSelectionRange(99, 99); };
        field.oninput = change;</script>`,
    planted: ['Tamsin Dreyfolk', 'Dreyfolk'], kept: ['GOOD DAY'],
    act: typeAndPress('Tamsin Dreyfolk'),
  },
  {
    name: 'shadowed', does: 'draws what was typed a second time, as the shadow of a text',
    body: shown("out.style = 'font: 20px sans-serif; text-shadow: 0 60px #000; padding-bottom: 80px'; out.textContent = 'Good day, ' + v"),
    planted: ['Orlbrecht Fennimoor', 'Fennimoor'],
    act: typeAndPress('Orlbrecht Fennimoor', true),
  },
  {
    name: 'dropped', does: 'draws what was typed a second time, by a filter',
    body: shown("out.style = 'font: 20px sans-serif; filter: drop-shadow(0 60px #000); padding-bottom: 80px'; out.textContent = 'Good day, ' + v"),
    planted: ['Quistelle Harrowby', 'Harrowby'],
    act: typeAndPress('Quistelle Harrowby', true),
  },
  {
    name: 'mirrored', does: 'draws what was typed a second time, as a reflection',
    body: shown("out.style = 'font: 20px sans-serif; -webkit-box-reflect: right 20px; display: inline-block'; out.innerHTML = '<span style=\"display: inline-block; transform: scaleX(-1)\">' + v + '</span>'"),
    planted: ['Vandersloot Impey', 'Vandersloot'],
    act: typeAndPress('Vandersloot Impey', true),
  },
  {
    name: 'emptied', does: 'empties the field at each key and collects the letters',
    body: `<label>Family name <input id="field" name="lastname"></label><button id="show">Show</button>${OUT}
      <script>let all = ''; field.oninput = () => { all += field.value; field.value = ''; }; show.onclick = () => { out.textContent = 'The finish is ' + all; };</script>`,
    planted: ['Wexcombury', 'excombury'], kept: ['The finish is'],
    act: typeAndPress('Wexcombury', true),
  },
  {
    name: 'redirect', does: 'brings a value back in the path of a redirect',
    body: '<form action="/moved" method="get"><label>Full name <input id="field" name="n"></label><button id="show">Send</button></form>',
    planted: ['Orlando Pinkwhistle', 'Pinkwhistle', 'orlando-pinkwhistle'], kept: ['You have arrived'],
    act: async (page: Page): Promise<void> => {
      await type(page, '#field', 'Orlando Pinkwhistle');
      await press(page, '#show');
      await page.waitForURL('**/welcome/**');
      await press(page);
    },
  },
  {
    name: 'pushed', does: 'pushes a value into its address, its title and an attribute, encoded in several ways',
    body: shown(`const b = btoa(v).replaceAll('=', '');
      history.pushState(null, '', '/profile/' + v.toLowerCase().replace(' ', '_') + '?page=2#' + encodeURIComponent(v)); document.title = 'Profile of ' + v;
      out.innerHTML = '<a id="done2" class="u-' + v.split(' ')[1] + '" href="/s/' + b + '/' + encodeURIComponent(encodeURIComponent(v)) + '?s=' + b + '">Profile</a>';`),
    planted: ['Ludovica Marshgrove', 'Marshgrove', 'ludovica_marshgrove'],
    act: typeAndPress('Ludovica Marshgrove', true),
  },
  {
    name: 'toast', does: 'shows a value in a toast two seconds later',
    body: shown('setTimeout(() => { out.textContent = "Saved, " + v + "!"; }, 2000);'),
    planted: ['Peregrine Snoadhurst', 'Snoadhurst'], kept: ['Saved'],
    act: async (page: Page): Promise<void> => {
      await type(page, '#field', 'Peregrine Snoadhurst');
      await press(page, '#show');
      await page.getByText('Saved,').waitFor();
      await press(page, '#out');
      await press(page);
    },
  },
  {
    name: 'reformatted', does: 'cuts, reorders, spaces out and splits a value over elements',
    body: shown(`out.innerHTML = '<span>' + v.split(' ').reverse().join(', ').toUpperCase() + '</span><br><b>' + v.slice(0, 5) + '</b><i>' + v.slice(5, 16) +
      '</i><u>' + v.slice(16) + '</u><br><em>Cut: ' + v.slice(0, 18) + '…</em><br><em>Dots: ' + v.replaceAll(' ', '.') + '</em>';`),
    planted: ['Maximilienne Overholtzer', 'Overholtzer', 'Maximilienne', 'imilienne', 'Overh'],
    act: typeAndPress('Maximilienne Overholtzer', true),
  },
  {
    name: 'short', does: 'shows a short value beside its label, and the same letters by chance',
    body: `<label>Last name <input id="field" name="lastname"></label><button id="show">Show</button>
      <dl id="out"><dt>Last name</dt>
          <dd id="value">-</dd></dl><p>Xu-ion battery, Xu 40</p><button id="done">Done</button>
      <script>show.onclick = () => { value.textContent = field.value; };</script>`,
    planted: [], never: [/Last name(?:<[^>]*>|\\n|\s)*Xu\b/i], kept: ['Xu-ion battery'],
    act: async (page: Page): Promise<void> => {
      await typeAndPress('Xu', true)(page);
      await press(page, '#value');
      await press(page);
    },
  },
  {
    name: 'beginnings', does: 'takes the focus away at each key',
    body: `<label>First name <input id="field" name="firstname"></label><button id="show">Show</button>${OUT}<p>A ring of rose gold, a rosette</p>
      <script>field.oninput = () => { field.blur(); field.focus(); }; show.onclick = () => { out.textContent = 'Hello ' + field.value; };</script>`,
    planted: ['Rosettanella'], kept: ['rose gold, a rosette'],
    act: typeAndPress('Rosettanella', true),
  },
  {
    name: 'password', does: 'shows a password',
    body: `<label>Password <input id="field" type="password" name="pw"></label><button id="show">Show password</button>${OUT}
      <script>show.onclick = () => { field.type = 'text'; field.name = 'q'; };</script>`,
    planted: ['Grund-Velk!77-tau', 'Velk!77-tauXY'], kept: ['Show password'],
    act: async (page: Page): Promise<void> => {
      await type(page, '#field', 'Grund-Velk!77-tau');
      await press(page, '#show');
      await page.waitForTimeout(REST_MS);
      await page.locator('#field').click();
      await page.keyboard.press('End');
      await page.keyboard.type('XY', { delay: KEY_MS });
      await press(page);
    },
  },
  {
    name: 'editable', does: 'copies what is written into an editable region',
    body: `<div id="field" contenteditable aria-label="Your message" style="min-height: 40px; border: 1px solid"></div>${OUT}
      <script>field.oninput = () => { out.textContent = 'Preview: ' + field.textContent; };</script>`,
    planted: ['Isolde Fennimarsh', 'Fennimarsh'], kept: ['Preview'],
    act: typeAndPress('Isolde Fennimarsh, room nine'),
  },
  {
    name: 'closed', does: 'has a field in a closed shadow root, within another',
    body: `<x-field id="host"></x-field>${OUT}
      <script>customElements.define('x-field', class extends HTMLElement { connectedCallback() {
        const inner = this.attachShadow({ mode: 'closed' }); inner.innerHTML = '<p>Who are you?</p><div id="second"></div>';
        const root = inner.querySelector('#second').attachShadow({ mode: 'closed' });
        root.innerHTML = '<label>Full name <input name="fullname" style="width: 300px"></label><output></output>';
        root.querySelector('input').oninput = (e) => { out.textContent = 'The finish is ' + e.target.value; root.querySelector('output').textContent = e.target.value; };
      } });</script>`,
    planted: ['Cornelius Babblewick', 'Babblewick', 'Cornelius'], kept: ['The finish is', 'Full name'],
    act: async (page: Page): Promise<void> => {
      const box = await page.locator('#host').boundingBox();
      if (!box) throw new Error('no field');
      await page.mouse.click(box.x + 200, box.y + box.height - 8);
      await page.keyboard.type('cornelius babblewick', { delay: KEY_MS });
      await press(page, '#out');
      await press(page);
    },
  },
  {
    name: 'radio', does: 'asks something private with radio buttons',
    body: `<fieldset><legend>Religion</legend><label><input type="radio" name="r" id="zoro" value="zoroastrian"> Zoroastrian</label>
      <label><input type="radio" name="r" value="jainist"> Jainist</label></fieldset>${OUT}`,
    planted: [], answers: { role: 'radio', named: /zoro|name":"r"/i }, kept: ['Zoroastrian'],
    act: async (page: Page): Promise<void> => {
      await page.waitForTimeout(REST_MS);
      await page.getByText('Zoroastrian').click();
      await press(page);
    },
  },
  {
    name: 'listbox', does: 'asks something private with a list of its own making',
    body: `<label id="l">Nationality</label><button id="choose" role="combobox" aria-labelledby="l" aria-controls="list" aria-expanded="false">Choose</button>
      <div id="list" role="listbox" hidden><div role="option" id="bt">Bhutanese</div><div role="option">Moldovan</div></div>${OUT}
      <script>choose.onclick = () => { list.hidden = false; };
        for (const o of list.children) o.onclick = () => { choose.textContent = o.textContent; list.hidden = true; };</script>`,
    planted: [], answers: { role: 'option', named: /bhutan/i }, kept: ['Bhutanese', 'Moldovan'],
    act: async (page: Page): Promise<void> => {
      await press(page, '#choose');
      await press(page, '#bt');
      await press(page);
    },
  },
];

/** Serves the pages; the redirect's target, too. */
export async function servePages(): Promise<{ url: string; server: Server }> {
  const html = (body: string): string =>
    `<!doctype html><meta charset="utf-8"><title>A page</title><style>body { font: 20px sans-serif } p, output { min-height: 30px }</style>${body}`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const page = PAGES.find(({ name }) => url.pathname === `/${name}`);
    if (url.pathname === '/moved') {
      response.writeHead(302, { location: `/welcome/${(url.searchParams.get('n') ?? '').toLowerCase().replaceAll(' ', '-')}/1` }).end();
    } else {
      response.end(html(page?.body ?? '<p>You have arrived</p><button id="done">Done</button>'));
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve); });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, server };
}

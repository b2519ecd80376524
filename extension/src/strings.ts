// Every word that the participant reads.

export const strings = {
  appName: "CodeSight",
  states: {
    idle: "Not recording",
    recording: "Recording",
    paused: "Paused",
    sending: "Finishing: sending what is left",
  },
  enrolTitle: "Connect to your study",
  enrolHelp: "Your study gave you an address and a key. Paste them here, once.",
  serverLabel: "Address",
  serverExample: "https://study.example",
  keyLabel: "Key",
  keyExample: "cs_…",
  enrol: "Connect",
  connecting: "Checking…",
  leave: "Disconnect",
  connectedTo: (host: string) => `Connected to ${host}`,
  taskLabel: "What is your task?",
  taskExample: "For example: find a patio set under $500",
  screenshotsLabel: "Take pictures of pages too",
  consent:
    "While it records, your study receives what you click, type and open in this browser. Passwords, codes, cards, and what " +
    "you type into personal fields are taken out before anything leaves your browser; in pictures they are painted over. " +
    "By starting you agree to this. You can stop at any moment.",
  start: "Start recording",
  pause: "Pause",
  resume: "Go on recording",
  stop: "Stop and send",
  since: (time: string) => `since ${time}`,
  countQueued: "Waiting",
  countSent: "Sent",
  countRefused: "Refused",
  countImages: "Pictures",
  imagesValue: (sent: number, queued: number) => (queued > 0 ? `${sent} + ${queued}` : String(sent)),
  done: (steps: number, images: number) => `Thank you. ${count(steps, "step")} and ${count(images, "picture")} were sent.`,
  doneClosed: "The browser was closed, so that recording ended there. It was sent.",
  fullness: (percent: number) => `The space for recordings is ${percent} % full.`,
  trouble: {
    unreachable: {
      title: "Your study cannot be reached",
      text: "Nothing is lost: it waits in this browser and is sent when the connection is back. Next try",
    },
    busy: { title: "Your study’s server is busy", text: "Nothing is lost: it is sent as soon as there is room. Next try" },
    unauthorized: {
      title: "Your study does not accept this key",
      text: "Nothing is lost: it waits in this browser. Ask your study for a new key, and paste it here.",
    },
    lost: {
      title: "Your study’s server has lost a part of this recording",
      text: "What is left waits in this browser. Tell your study about it, then try again.",
    },
    storage_full: {
      title: "There is no more room",
      text: "Recording is paused until what waits has been sent. Check your connection, then go on recording.",
    },
  },
  retry: "Try again now",
  now: "now",
  inSeconds: (seconds: number) => `in ${seconds} s`,
  inMinutes: (minutes: number) => `in ${minutes} min`,
  refusals: {
    badServer: "This is not an address that recordings may be sent to. It must begin with https://",
    badKey: "This is not a key. It begins with cs_ and was given to you once.",
    keyRefused: "Your study does not accept this key. Check that you copied all of it, or ask your study for a new one.",
    noAnswer: "There is no answer from this address. Check the address and your connection, then try again.",
    notOurServer: "What answers at this address is not a CodeSight server. Check the address.",
    serverBusy: "Your study’s server is busy. Try again in a minute.",
    notEnrolled: "Connect to your study first.",
    alreadyRecording: "A recording is already running.",
    notNow: "That did not work. If the browser asked you for access to the sites, allow it and start again.",
    failed: "The extension did not answer. Close this window, open it again, and try once more.",
  },
} as const;

function count(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what}s`;
}

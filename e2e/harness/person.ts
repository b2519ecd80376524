// The participant: a made-up person whose every detail is unusual, so that finding one anywhere means that it leaked.
// The card has a test issuer's number that passes Luhn.

export const person = {
  name: 'Zdravka Quillfeather',
  email: 'zdravka.quillfeather@plumquartz.example',
  password: 'Trundle-Vox!93-kepler',
  street: '47 Wobblethorpe Crescent',
  extra: 'Bell Oxnadine 6',
  city: 'Grimblewick',
  postcode: 'QX4 7ZJ',
  phone: '+44 7700 900461',
  card: '4716 8204 3951 7739',
  expiry: '11 / 31',
  code: '618',
  note: 'Ring for Quibbleton, the grey parrot',
} as const;

/** Typed into the search field, which is harmless: the recording keeps it, so a search for leaks must find it. */
export const CONTROL = 'snorkelwick lampshade';

/** The planted values of which every trace is a leak. Expiry and security code are too short to be told from chance. */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  name: [person.name, 'Zdravka', 'Quillfeather'],
  'e-mail': [person.email, 'plumquartz'],
  password: [person.password],
  street: [person.street, 'Wobblethorpe'],
  buzzer: [person.extra, 'Oxnadine'],
  city: [person.city],
  postcode: [person.postcode, person.postcode.replace(' ', '')],
  phone: [person.phone, person.phone.replaceAll(' ', ''), '7700900461', '7700 900461'],
  card: [person.card, person.card.replaceAll(' ', ''), person.card.replaceAll(' ', '-'), '8204 3951', '82043951'],
  note: [person.note, 'Quibbleton'],
};

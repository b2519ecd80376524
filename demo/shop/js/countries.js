// Where Mosswick delivers.

export const countries = {
  AT: 'Austria', BE: 'Belgium', CA: 'Canada', DK: 'Denmark', FR: 'France', DE: 'Germany', IE: 'Ireland', IT: 'Italy', NL: 'Netherlands',
  NO: 'Norway', PL: 'Poland', PT: 'Portugal', ES: 'Spain', SE: 'Sweden', CH: 'Switzerland', GB: 'United Kingdom', US: 'United States',
};

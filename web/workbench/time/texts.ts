const units = {
  day: ['day', 'days'],
  hour: ['hour', 'hours'],
  minute: ['minute', 'minutes'],
  second: ['second', 'seconds'],
} as const;

/** The words of the account's clock. */
export const texts = {
  units,
  count: (count: number, unit: keyof typeof units) => `${count} ${units[unit][count === 1 ? 0 : 1]}`,
  title: (ahead: string) =>
    ahead === '' ? 'The clock of your account' : `The clock of your account: ${ahead} ahead of real time`,
  later: (length: string) => `${length} later`,
  note: 'sessions end, and what is due happens',
  moved: (now: string) => `In your account it is ${now} now.`,
} as const;

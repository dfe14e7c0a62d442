/** The words of the small elements that all screens share. */
export const texts = {
  close: 'Close',
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  copyRefused: 'The browser refused to copy',
  holds: 'holds',
  fails: 'does not hold',
  notYet: 'not yet',
  ungraded: 'not graded',
} as const;

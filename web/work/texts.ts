/** The words of "My work". */
export const texts = {
  title: 'My work',
  lead: 'Every challenge that you began, newest first. Each has an AWS account of its own. What you started over stays to be read.',
  none: 'Nothing begun yet',
  noneText: 'Pick a challenge, and it will be listed here.',
  challenge: 'Challenge',
  state: 'State',
  checks: 'Checks',
  started: 'Begun',
  solved: 'solved',
  open: 'open',
  ended: 'started over',
  checksOf: (passed: number, total: number) => `${passed} of ${total}`,
  noChecks: '–',
} as const;

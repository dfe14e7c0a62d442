/** The words of the list of changes. */
export const texts = {
  button: 'Changes',
  title: 'What did I change?',
  since: {
    label: 'Compared with',
    stage: 'the start of this stage',
    start: 'the start of the challenge',
  },
  loading: 'Comparing …',
  none: 'Nothing. The account is as it was.',
  things: 'In the account',
  documents: 'Policies',
  change: { added: 'added', removed: 'removed', changed: 'changed' },
  elsewhere: (accountId: string) => `in account ${accountId}`,
  unread: 'Your keys may not read this policy. It takes:',
  leftOff: (count: number) => `${count} more are not shown.`,
  close: 'Close',
} as const;

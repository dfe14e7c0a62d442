/** Room in the state for what is kept as a history: commands, executions of runbooks. */

interface Kept {
  readonly id: string;
  readonly endedAt: number | undefined;
  readonly begunAt: number;
}

/**
 * Makes room for one more: while there are as many as may be, or they take too much, the oldest that has ended goes.
 * @returns whether there is room now
 */
export function makeRoom<Item>(
  items: Record<string, Item>,
  limits: { readonly count: number; readonly characters: number },
  describe: (item: Item) => Kept,
): boolean {
  const sizes = new Map(Object.values(items).map((item) => [describe(item).id, JSON.stringify(item).length]));
  let characters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const ended = Object.values(items)
    .map(describe)
    .filter(({ endedAt }) => endedAt !== undefined)
    .sort((a, b) => a.begunAt - b.begunAt);
  for (const { id } of ended) {
    if (Object.keys(items).length < limits.count && characters < limits.characters) break;
    characters -= sizes.get(id) ?? 0;
    delete items[id];
  }
  return Object.keys(items).length < limits.count && characters < limits.characters;
}

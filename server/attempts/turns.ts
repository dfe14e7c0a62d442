/** Runs the acts on one thing one after another, whatever order they finish in; acts on other things do not wait. */
export interface Turns {
  take<T>(key: string, act: () => Promise<T>): Promise<T>;
}

/** Turns within one process. */
export function localTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: (key, act) => {
      const turn = (last.get(key) ?? Promise.resolve()).then(act, act);
      const settled = turn.then(
        () => undefined,
        () => undefined,
      );
      last.set(key, settled);
      void settled.then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
      return turn;
    },
  };
}

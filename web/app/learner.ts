import type { Learner } from '../../contract/index.ts';
import { api } from '../api/client.ts';
import { load } from '../state/loadable.ts';
import { Store } from '../state/store.ts';

/** Who the visitor is; undefined until the server has said so. */
export const learner = new Store<Learner | undefined>(undefined);

let asked: Promise<void> | undefined;

/** Asks once. A failure is shown by the screen, which asks the same server; the header then only lacks the name. */
export function loadLearner(): Promise<void> {
  asked ??= load(api.me()).then((answer) => {
    if (answer.kind === 'ready') learner.set(answer.value);
    else asked = undefined;
  });
  return asked;
}

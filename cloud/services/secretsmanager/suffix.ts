import type { Random } from '../../call.ts';
import { picked } from './picking.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The six characters behind a name: a secret that is deleted and made anew is another. */
export function newSuffix(random: Random): string {
  return Array.from({ length: 6 }, () => picked(alphabet, random)).join('');
}

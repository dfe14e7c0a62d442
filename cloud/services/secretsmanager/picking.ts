import type { Random } from '../../call.ts';

/** One of up to 256 characters, each as likely as another: bytes beyond the last whole round are drawn again. */
export function picked(characters: string, random: Random): string {
  const rounds = 256 - (256 % characters.length);
  for (;;) {
    const [byte = 0] = random.bytes(1);
    if (byte < rounds) return characters.charAt(byte % characters.length);
  }
}

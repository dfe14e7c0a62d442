/** Base64 as Python reads it. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Throws where the length or padding is wrong; characters outside the alphabet are passed over, as Python does. */
export function fromBase64(text: string): Uint8Array {
  const padded = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const data = padded.replace(/=.*$/, '');
  const padding = padded.length - data.length;
  if (data.length % 4 === 1 || (data.length % 4 !== 0 && padding < 4 - (data.length % 4))) {
    throw new Error('not base64');
  }
  const bytes = new Uint8Array(Math.floor((data.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const char of data) {
    held = ((held << 6) | ALPHABET.indexOf(char)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}

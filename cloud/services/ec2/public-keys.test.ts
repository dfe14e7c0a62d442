import { expect, it } from 'vitest';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { readPublicKey } from './public-keys.ts';

const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDyM/T51bXg6aFyPHVUIXqt9HrqzE78DOhdJP3cJqNwQPGQUsqWl2kOf8sdobPN4Xjm5ojQMa1fzYL8jexX9/IIvzTl8aNf7KOQT6J+jnszV9U5zlt3iAzzbo/BRx2CJZ1aZIbX4tFN6L6Euk5ap1QTpeZy3uwcBOeE2xbl8S/nSlnRnHEEqRE/Gf4oblgRKNyBvIuKY86hOKtdaZ6WzAZcO6aR1eSQ806625JydM1XGLv8OCj6zh98YBJpKSikgUwlmLribSVTsljhuVEY/BBEMC5CguxgqNsjmO20UGa2rFYkWFfVktAIEJHV20b6bTDDr7s65OE3GV3r4wte5hJd';
const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2lWRPRP7L65D/IQHzEf34iqiMOWcsfOLnPdOPS5kti';

/** As `ssh-keygen -e -m PKCS8 | openssl pkey -pubin -outform DER | md5sum` and `ssh-keygen -l` have them. */
it.each([
  [`${rsa} comment`, { type: 'rsa', fingerprint: '47:51:b0:40:45:ad:05:ab:e5:66:b4:8b:90:ec:79:52', text: rsa }],
  [ed25519, { type: 'ed25519', fingerprint: '9opCp5KPtAp5/EF1Ifb86fP2X9jRZb2MzFgB6Eb5rxw=', text: ed25519 }],
  ['ssh-rsa', undefined],
  [`${rsa.slice(0, -4)}`, undefined],
  [ed25519.replace('ssh-ed25519', 'ssh-rsa'), undefined],
])('reads %s', (text, key) => {
  expect(readPublicKey(text, nodeHashes)).toEqual(key);
});

/** AWS Signature Version 4: reading, verifying, signing. */
export { SigningKeys } from './keys.ts';
export { verifyQuerySignatureV2 } from './presigned-v2.ts';
export { readSignature } from './read.ts';
export { presign, type Signer, signRequest } from './sign.ts';
export { unsignedRequest, type Verified, verifySignature } from './verify.ts';

/** AWS Signature Version 4: reading, verifying, signing. */
export { SigningKeys } from './keys.ts';
export { type QuerySignatureV2, verifyQuerySignatureV2 } from './presigned-v2.ts';
export { readSignature, type Signature } from './read.ts';
export { presign, type Signer, signRequest } from './sign.ts';
export { unsignedRequest, type Verified, verifySignature } from './verify.ts';

/** The service that an action is of. */
import { lowerCase } from './lower-case.ts';
import { remembered } from './remembered.ts';

/** `s3` of `s3:GetObject`: what stands before the first colon, in lower case; nothing where there is none. Kept, as it is asked often. */
export const serviceOf = remembered(4096, (action) => lowerCase(action.slice(0, Math.max(0, action.indexOf(':')))));

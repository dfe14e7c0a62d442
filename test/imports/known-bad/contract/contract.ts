import { iam } from '../iam/iam.ts'; export const contract = iam;

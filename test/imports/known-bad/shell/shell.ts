import { grading } from '../grading/grading.ts'; export const shell = grading;

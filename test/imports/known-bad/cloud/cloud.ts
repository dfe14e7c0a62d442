import { grading } from '../grading/grading.ts'; export const cloud = grading;

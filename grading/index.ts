/** What a challenge is, and whether an account solves it. */
export type { Challenge, Hint, Reference, Script, Stage, You } from './challenge.ts';
export type { Check } from './checks.ts';
export { type CheckResult, gradeStage, type StageToGrade } from './grade.ts';
export type { Pack } from './pack.ts';
export { type PersonalTexts, personalTexts } from './personal.ts';
export { type Problem, type ProblemCode, problemLine } from './problem.ts';
export { isDue, issueProfiles, type Profile, type ProfileAct, renewProfiles } from './profiles.ts';
export { type ChallengeFiles, type ReadChallenge, readChallenge } from './reading/read-challenge.ts';
export { type ReadPack, readPack } from './reading/read-pack.ts';
export type { Platform } from './requests.ts';
export { type Provisioned, provision } from './start.ts';
export { drawVariables, substitute, type Variables, withAccount } from './variables.ts';

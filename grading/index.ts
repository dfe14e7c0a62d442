/** What a challenge is, and whether an account solves it. */
export type { Challenge, Script, Stage, You } from './challenge.ts';
export { changesBetween } from './changes/changes.ts';
export { clockMoved, millisecondsOf } from './duration.ts';
export { type CheckResult, gradeStage } from './grade.ts';
export { type AccessMatrix, accessMatrix } from './matrix/matrix.ts';
export { neighbourNames } from './neighbours.ts';
export type { Pack } from './pack.ts';
export { personalTexts } from './personal.ts';
export { problemLine } from './problem.ts';
export { isDue, issueProfiles, type Profile, type ProfileAct, renewProfiles, signedInProfile } from './profiles.ts';
export type { PackPlace } from './reading/pack-place.ts';
export { readPack } from './reading/read-pack.ts';
export type { Platform } from './requests.ts';
export { type Learner, provision } from './start.ts';
export { drawVariables, substitute, type Variables, withAccount } from './variables.ts';

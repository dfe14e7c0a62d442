/** The `aws` command: AWS CLI v2 as the page, pretend hosts and the tests have it. */
export { completions } from './completions.ts';
export type { AwsEnvironment, CommandResult, FileSystem, HttpRequest, HttpResponse, RunAws } from './environment.ts';
export { runAws } from './run.ts';

export type { AwsEnvironment, CommandResult, FileSystem, HttpRequest, HttpResponse, RunAws } from './environment.ts';
export { runAws } from './run.ts';

import { type Command, defineCommand } from 'just-bash/browser';
import { bashResult, pipedBytes } from '../../../shell/bash-files.ts';
import { runAws } from '../../../shell/index.ts';
import type { SessionStream } from '../../../shell/session-stream.ts';
import { awsEnvironment } from './aws-environment.ts';

/**
 * The `aws` command in the page's shell. It talks to the sandbox's endpoint as any AWS CLI would.
 * @param attach has what is typed go to a session on a host
 */
export function awsCommand(attach: (stream: SessionStream) => void): Command {
  return defineCommand('aws', async (words, context) => {
    const environment = awsEnvironment({
      fs: context.fs,
      directory: context.cwd,
      variables: context.exportedEnv ?? {},
      stdin: pipedBytes(context.stdin),
      ...(context.signal ? { signal: context.signal } : {}),
    });
    return bashResult(await runAws(words, { ...environment, attach }));
  });
}

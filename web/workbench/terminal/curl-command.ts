import { type Command, defineCommand } from 'just-bash/browser';
import { bashResult, pipedBytes } from '../../../shell/bash-files.ts';
import { runCurl } from '../../../shell/curl/command.ts';
import { awsEnvironment } from './aws-environment.ts';
import { type Place, reached } from './reaching.ts';

/** The `curl` command in the page's shell: it reaches the addresses of the sandbox that there is when it runs, and no others. */
export function curlCommand(place: () => Place): Command {
  return defineCommand('curl', async (words, context) => {
    const environment = awsEnvironment({
      fs: context.fs,
      directory: context.cwd,
      variables: context.exportedEnv ?? {},
      stdin: pipedBytes(context.stdin),
      ...(context.signal ? { signal: context.signal } : {}),
    });
    return bashResult(
      await runCurl(words, {
        ...environment,
        send: async (request) => environment.send({ ...request, url: reached(request.url, place()) }),
      }),
    );
  });
}

import { type Command, defineCommand } from 'just-bash/browser';
import { runAws } from '../../../shell/index.ts';
import { awsEnvironment } from './aws-environment.ts';

/** Bytes as the shell's pipes carry them: a character a byte. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The `aws` command in the page's shell. It talks to the sandbox's endpoint as any AWS CLI would. */
export const awsCommand: Command = defineCommand('aws', async (words, context) => {
  const environment = awsEnvironment({
    fs: context.fs,
    directory: context.cwd,
    variables: context.exportedEnv ?? {},
    // The shell's byte strings are opaque to the compiler, and texts of one character a byte.
    stdin: bytesOf(context.stdin as unknown as string),
    ...(context.signal ? { signal: context.signal } : {}),
  });
  const result = await runAws(words, environment);
  return {
    stdout: latin1(result.stdout),
    stdoutKind: 'bytes',
    stdoutEncoding: 'binary',
    stderr: result.stderr,
    exitCode: result.exitCode,
  };
});

/**
 * Sessions on hosts, as StartSession answers them: what is typed is posted to the session's address (cloud/services/ssm/sessions/stream.ts).
 * It stands in for the Session Manager plugin of the AWS CLI, and speaks as it does.
 */
import type { AwsEnvironment } from './environment.ts';
import type { Printed } from './printed.ts';
import { isMap, type Value, type ValueMap } from './value.ts';

/** A session that is on. */
export interface SessionStream {
  readonly id: string;
  /** Where inputs are posted. */
  readonly url: string;
  readonly token: string;
}

/** What came of an input. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly state: 'open' | 'ended';
}

const textIn = (map: ValueMap, name: string): string => {
  const value: Value | undefined = map[name];
  return typeof value === 'string' ? value : '';
};

/** The session that an answer of StartSession or ResumeSession tells of. */
export function streamOf(answer: ValueMap): SessionStream {
  return { id: textIn(answer, 'SessionId'), url: textIn(answer, 'StreamUrl'), token: textIn(answer, 'TokenValue') };
}

/** Has one input run. A session that is over, or cannot be reached, has ended. */
export async function sendInput(send: AwsEnvironment['send'], stream: SessionStream, input: string): Promise<Said> {
  const body = new TextEncoder().encode(JSON.stringify({ TokenValue: stream.token, Input: input }));
  const headers = { 'content-type': 'application/json' };
  const response = await send({ method: 'POST', url: stream.url, headers, body });
  const said: unknown = JSON.parse(new TextDecoder().decode(response.body));
  if (!isMap(said as Value)) return over('The answer cannot be read.');
  const { stdout, stderr, exitCode, state, message } = said as ValueMap;
  if (response.status !== 200) return over(String(message ?? `HTTP ${response.status}`));
  return {
    stdout: String(stdout ?? ''),
    stderr: String(stderr ?? ''),
    exitCode: Number(exitCode ?? 0),
    state: state === 'open' ? 'open' : 'ended',
  };
}

function over(message: string): Said {
  return { stdout: '', stderr: `${message}\n`, exitCode: 255, state: 'ended' };
}

/** What is said when a session begins, and when it ends. */
export const beginning = ({ id }: SessionStream): string => `\nStarting session with SessionId: ${id}\n`;
export const ending = ({ id }: SessionStream): string => `\n\nExiting session with sessionId: ${id}.\n\n`;

/**
 * Begins a session. What comes by a pipe is its input, all at once, and ends it; else who types goes on in it, where somebody does. One for a
 * single command runs that.
 */
export async function converse(environment: AwsEnvironment, answer: ValueMap): Promise<Printed> {
  const stream = streamOf(answer);
  const { send, attach, stdin } = environment;
  const piped = new TextDecoder().decode(stdin);
  const said = await sendInput(send, stream, piped);
  const begun = `${beginning(stream)}${said.stdout}`;
  if (said.state === 'ended') return { ...said, stdout: `${begun}${ending(stream)}` };
  if (piped === '' && attach !== undefined) {
    attach(stream);
    return { ...said, stdout: begun };
  }
  await sendInput(send, stream, 'exit');
  return { ...said, stdout: `${begun}${ending(stream)}` };
}

/** The messages of a queue as time passes: which are kept, which are seen. Nothing of it is stored but when what happened. */
import { numberOf } from './attributes.ts';
import type { MessageState, QueueState } from './state.ts';

/** What a message is at a moment: waiting for its delay, to be had, or handed out. */
export type Visibility = 'delayed' | 'visible' | 'in-flight';

type Settings = Pick<QueueState, 'name' | 'attributes'>;

/** Messages that their queue still retains, in order. */
export function retained<Message extends MessageState>(
  queue: Settings & { readonly messages: readonly Message[] },
  now: number,
): Message[] {
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  return queue.messages.filter(({ sentAt }) => sentAt > oldest);
}

export function visibilityOf(message: MessageState, queue: Settings, now: number): Visibility {
  if (message.receipt !== undefined) return message.receipt.visibleAt > now ? 'in-flight' : 'visible';
  const delay = message.delay ?? numberOf(queue, 'DelaySeconds');
  return message.sentAt + delay * 1000 > now ? 'delayed' : 'visible';
}

/** How many messages there are of each kind. */
export function countsOf(
  queue: QueueState,
  now: number,
): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
  const kinds = retained(queue, now).map((message) => visibilityOf(message, queue, now));
  const count = (kind: Visibility) => kinds.filter((other) => other === kind).length;
  return { visible: count('visible'), inFlight: count('in-flight'), delayed: count('delayed') };
}

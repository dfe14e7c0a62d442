import type { Submission } from '../../contract/index.ts';
import { Store } from '../state/store.ts';
import { AccessStore } from './access/access-store.ts';
import type { TypedDocument } from './access/shown.ts';
import { AttemptStore } from './attempt-store.ts';
import { EventStore } from './event-store.ts';
import { texts } from './texts.ts';

/** A file of the terminal's home directory that is to be edited. */
export interface EditedFile {
  readonly path: string;
  /** Null where it does not exist yet. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

/** Everything that the panes of one workbench share. */
export class Bench {
  readonly attempt = new AttemptStore();
  readonly events = new EventStore(
    (message) => this.attempt.receive(message),
    () => this.attempt.reconnected(),
  );
  readonly access = new AccessStore();
  /** The document that is open in the editor, as it is typed. */
  readonly document = new Store<TypedDocument | undefined>(undefined);
  /** What a screen reader is told. */
  readonly announcement = new Store('');
  /** The tab of the brief. */
  readonly tab = new Store<'brief' | 'hints' | 'debrief'>('brief');
  /** The file that the terminal asked the editor to open. */
  readonly file = new Store<EditedFile | undefined>(undefined);
  private readonly stops: readonly (() => void)[];

  constructor() {
    let keptBack = false;
    const stopAttempt = this.attempt.attempt.subscribe((state) => {
      if (state.kind !== 'ready') return;
      const attempt = state.value;
      this.events.follow(attempt.id);
      this.access.follow(attempt);
      // Solving tells the reasons of the calls made before.
      if (keptBack && attempt.solved) void this.events.catchUp();
      keptBack = attempt.explain === 'after-solving' && !attempt.solved;
    });
    this.stops = [stopAttempt, this.events.past.subscribe(({ events }) => this.access.hear(events))];
  }

  /** Grades what stands, shows the checks and says what came of it. Undefined where it was refused. */
  async submit(): Promise<Submission | undefined> {
    const submission = await this.attempt.submit();
    if (!submission) return undefined;
    this.tab.set('brief');
    this.announcement.set(this.resultOf(submission));
    return submission;
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.events.stop();
    this.attempt.close();
  }

  private resultOf(submission: Submission): string {
    if (submission.solved) return texts.solvedAnnounce(this.attempt.current?.challenge.title ?? '');
    if (submission.verdict === 'passed') {
      const stage = this.attempt.current?.stages.find((one) => one.id === submission.stage);
      return stage ? texts.stageAnnounce(stage.title) : texts.passedAnnounce;
    }
    const { checks } = submission;
    const failed = checks.find((check) => check.verdict === 'failed');
    if (!failed) return texts.ungradedAnnounce(checks.filter((check) => check.verdict === 'ungraded').length);
    // As the list of checks counts them: with those of the stages before.
    const all = this.attempt.current?.checks ?? checks;
    const held = all.filter((check) => check.verdict === 'passed').length;
    return texts.failedAnnounce(held, all.length, failed.title ?? texts.privateCheck);
  }
}

/** The embedded cloud: what it computed is what there is. */
import type { Backend, Backends } from './backend.ts';

function embeddedBackend(kind: 'embedded' | 'left'): Backend {
  return {
    kind,
    readable: (request) => request,
    read: async (_request, performed) => performed,
    carry: async (_before, { world, patches, inner }, cause) => ({
      world,
      patches,
      inner,
      ...(typeof cause === 'object' && { outcome: { kind: 'ok', output: cause.output } as const }),
    }),
    replace: async (_before, replacing) => replacing,
    notStored: () => {},
    end: async () => {},
  };
}

export const embedded: Backend = embeddedBackend('embedded');
/** For a sandbox whose emulator was lost. */
export const goneOn: Backend = embeddedBackend('left');

/** The backends of a process without an emulator. */
export const embeddedBackends: Backends = {
  begin: async (_sandboxId, world) => ({ backend: embedded, world }),
  goOn: async () => embedded,
};

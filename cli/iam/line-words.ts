/** The engine's words as lines write them. */
import type { Layer } from '../../iam/index.ts';

/** The layers that lines call otherwise than the engine. */
const LAYERS: Partial<Readonly<Record<Layer, string>>> = {
  'service-control': 'scp',
  'resource-control': 'rcp',
  'vpc-endpoint': 'endpoint',
};

/** A layer's name. */
export function layerName(layer: Layer): string {
  return LAYERS[layer] ?? lineWord(layer);
}

/** `implicitlyDenied` for `implicitly-denied`. */
export function lineWord(word: string): string {
  return word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The explanation of a decision as a line holds it: in the lines' words, and with places for policies. */
import type {
  ElementExplanation,
  Explanation,
  FlipStep,
  KeyAsked,
  LayerExplanation,
  Path,
  StatementExplanation,
  StatementPlace,
} from '../../iam/index.ts';
import { layerName, lineWord } from './line-words.ts';

/** What `--explain` adds. The verdict, the layer and the basis stand in the answer itself. */
export function explanationLine({ layers, paths, absentKeys, flip, sources, words }: Explanation) {
  return {
    layers: layers.map(layerLine),
    paths: paths.map(pathLine),
    absentKeys: absentKeys.map(({ key, turns, value, askedBy }) => ({
      key,
      turns,
      ...given({ value }),
      askedBy: askedBy.map(askedLine),
    })),
    flip: flip.kind === 'impossible' ? flip : { ...flip, steps: flip.steps.map(stepLine) },
    sources,
    words,
  };
}

function layerLine({ layer, level, outcome, part, because, statements, near, more }: LayerExplanation) {
  return {
    layer: layerName(layer),
    ...given({ level }),
    outcome: lineWord(outcome),
    part: lineWord(part),
    because,
    statements: statements.map(statementLine),
    near: near.map(statementLine),
    more,
  };
}

function statementLine({ elements, ...place }: StatementExplanation) {
  return { ...placeLine(place), elements: elements.map(elementLine) };
}

function elementLine(element: ElementExplanation) {
  return { ...element, outcome: lineWord(element.outcome) };
}

/** A line's policies have no names: their places tell them. */
function placeLine({ layer, policy, statement, sid, effect }: StatementPlace) {
  return { layer: layerName(layer), policy, statement, ...given({ sid }), effect };
}

function pathLine({ layer, statements, more, because }: Path) {
  return { layer: layerName(layer), statements: statements.map(placeLine), more, ...given({ because }) };
}

function askedLine({ by, wanted, ...place }: KeyAsked) {
  return { ...placeLine(place), by, wanted };
}

function stepLine({ layer, do: deed, what, name: _name, ...where }: FlipStep) {
  return { layer: layerName(layer), do: lineWord(deed), what, ...where };
}

/** The members that there are. */
function given<Of extends object>(members: Of): Partial<Of> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Of>;
}

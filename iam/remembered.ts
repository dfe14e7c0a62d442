/** Longer texts are not worth their memory. */
const LONGEST = 1024;

/**
 * The same answers for the last so many texts. Whoever asks decides which texts there are: what is kept must not grow with them.
 */
export function remembered<Answer>(most: number, answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || text.length > LONGEST) return found ?? answer(text);
    const made = answer(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}

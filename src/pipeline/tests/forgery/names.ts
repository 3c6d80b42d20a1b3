import { randomInt } from 'node:crypto';

const WORDS = (
  'all any blank case copy count default deep empty end entry equal first found group index inner item key kind large ' +
  'last left level line list long match merge mixed name nested next order outer pair part plain range repeat reset ' +
  'result right round same short simple single size small sorted split start state total type unit value width'
).split(' ');

/** Gives names as people give them, each once. */
export function newNames(): () => string {
  const given = new Set<string>();
  const word = () => WORDS[randomInt(WORDS.length)] ?? '';
  return function next(): string {
    const name = `${word()}_${word()}_${word()}_${randomInt(10, 99)}`;
    if (given.has(name)) return next();
    given.add(name);
    return name;
  };
}

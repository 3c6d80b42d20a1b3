/** What a terminal acts on, or shows in another order, and JSON lets stand as it is. */
const UNSAFE = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|##(?=\[)/g;

/** JSON that may be printed: the same values, with such characters written by their numbers. */
export const jsonText = (json: string): string =>
  json.replace(UNSAFE, (one) =>
    Array.from(one, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );

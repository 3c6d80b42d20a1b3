import type { Canonical } from '../model/observation.js';
import {
  canonicalText,
  faultText,
  holdsUnreadable,
  ownField,
  unreadableReason,
  VARIES,
} from './canonical-facts.js';
import { arrayAspect, sketchesAgree } from './arrays.js';
import { isComparable, kindAspect, variesInKind } from './kinds.js';
import { isContainer, leafAspect, reprAspect, scaleIn } from './leaves.js';
import { DOUBLE } from './numbers.js';
import { pairedBy, sortedByKey, withoutCommon, type Entry } from './pairs.js';
import type { TextAspect } from './texts.js';
import { python } from '../python/language.js';

/** A place where two canonical values differ; `internal` for places inside private state. */
export interface ValueDifference {
  readonly aspect: 'type' | 'internal' | TextAspect;
  /** `` for the whole; where Python could write it, the suffix it would write: `[2].name`, `['key']`. */
  readonly path: string;
  /** Absent where the side has nothing at that place. */
  readonly left?: Canonical | string;
  readonly right?: Canonical | string;
}

/** The result of comparing two canonical values. They are the same if `differences` and `unknowns` are empty. */
export interface ValueComparison {
  readonly differences: ValueDifference[];
  /** Places that could not be read on one of the sides, with the reason. */
  readonly unknowns: { readonly path: string; readonly why: string }[];
  /**
   * What has to be read to know whether the sides differ, as `module.Class.attribute`: public attributes that one side
   * stores and the other one may compute, and `module.Class.*` where only the reprs of two objects differ.
   */
  readonly unread: Set<string>;
}

type Of<T extends Canonical['t']> = Extract<Canonical, { readonly t: T }>;

/** Compares two canonical values place by place. What cannot be read is unknown, neither equal nor different. */
export function compareCanonical(left: Canonical, right: Canonical, path = ''): ValueComparison {
  const comparer = new Comparer();
  comparer.compare(left, right, path);
  return comparer;
}

class Comparer implements ValueComparison {
  readonly differences: ValueDifference[] = [];
  readonly unknowns: { readonly path: string; readonly why: string }[] = [];
  readonly unread = new Set<string>();
  #private = false;
  /** Containers and objects around the place that is compared, outermost first. */
  #around: readonly (readonly [Canonical, Canonical])[] = [];

  compare(left: Canonical, right: Canonical, path: string): void {
    const unreadable = unreadableReason(left) ?? unreadableReason(right);
    if (left.t === 'large' || right.t === 'large') {
      if (unreadable === undefined) this.#compareLarge(left, right, path);
      else this.unknowns.push({ path, why: unreadable });
      return;
    }
    if (variesInKind(left, right)) {
      this.#differ('type', path, left, right);
      return;
    }
    if (unreadable !== undefined) this.unknowns.push({ path, why: unreadable });
    else if (left.t === 'ref' || right.t === 'ref') this.#compareSharing(left, right, path);
    else {
      const kind = kindAspect(left, right);
      if (kind !== undefined) this.#differ(kind, path, left, right);
      if (kind !== undefined && !isComparable(left, right)) return;
      const outer = this.#around;
      this.#around = isContainer(left) ? [...outer, [left, right]] : outer;
      this.#compareContent(left, right, path);
      this.#around = outer;
    }
  }

  #compareContent(left: Canonical, right: Canonical, path: string): void {
    switch (left.t) {
      case 'list':
      case 'tuple':
        this.#compareItems(left.items, (right as typeof left).items, path, [left, right]);
        return;
      case 'set':
      case 'frozenset':
        this.#compareMembers(left, right as typeof left, path);
        return;
      case 'dict':
        this.#compareDicts(left, right as typeof left, path);
        return;
      case 'subclass':
        this.compare(left.base, (right as typeof left).base, path);
        this.#compareFields(left.public, (right as typeof left).public, path, left.type);
        this.#comparePrivate(left.private, (right as typeof left).private, path);
        return;
      case 'object':
        this.#compareObjects(left, right as typeof left, path);
        return;
      case 'iterator':
        this.#compareIterators(left, right as typeof left, path);
        return;
      default:
        this.#compareLeaves(left, right, path);
    }
  }

  #compareLeaves(left: Canonical, right: Canonical, path: string): void {
    if (left.t === 'array' && right.t === 'array') {
      const aspect = arrayAspect(left, right);
      if (aspect !== undefined) this.#differ(aspect, path, left, right);
    } else if (canonicalText(left) !== canonicalText(right)) {
      this.#differ(
        leafAspect(left, right, () => Math.max(0, ...this.#around.map(scaleIn))),
        path,
        left,
        right,
      );
    }
  }

  /** Where one of the two is over its budget. The digests decide whether they are equal, the parts in what they differ. */
  #compareLarge(left: Canonical, right: Canonical, path: string): void {
    const whole = (value: Canonical) => (value.t === 'large' ? value.part : value);
    if (left.t === 'large' && right.t === 'large' && left.digest === right.digest) return;
    const parts = new Comparer();
    parts.#private = this.#private;
    parts.compare(whole(left), whole(right), path);
    const rest =
      left.t !== 'large' || right.t !== 'large'
        ? 'value'
        : left.skeleton === right.skeleton && sketchesAgree(left.sketch, right.sketch, DOUBLE)
          ? 'rounding'
          : 'value';
    const explained = parts.differences.some(({ aspect }) => aspect !== 'rounding' || rest === 'rounding');
    this.differences.push(...parts.differences);
    for (const name of parts.unread) this.unread.add(name);
    if (!explained) this.#differ(rest, `${path} (beyond what is shown)`, left, right);
  }

  /** References are written only for cycles and mutable containers, where one shared object and two equal ones differ. */
  #compareSharing(left: Canonical, right: Canonical, path: string): void {
    if (left.t === 'ref' && right.t === 'ref' && left.n === right.n) return;
    this.#differ('value', `${path} (sharing)`, left, right);
  }

  #compareItems(
    left: readonly Canonical[],
    right: readonly Canonical[],
    path: string,
    whole: readonly [Canonical, Canonical],
  ): void {
    const cut = [...left, ...right].some((item) => item.t === 'truncated');
    if (left.length !== right.length && !cut) {
      this.#differ('value', path, ...whole);
      return;
    }
    left.slice(0, right.length).forEach((item, index) => {
      const other = right[index];
      if (other) this.compare(item, other, `${path}[${index}]`);
    });
  }

  #compareMembers(left: Of<'set' | 'frozenset'>, right: Of<'set' | 'frozenset'>, path: string): void {
    const [onlyLeft, onlyRight] = withoutCommon(left.items, right.items, canonicalText);
    if (onlyLeft.length + onlyRight.length === 0) return;
    if ([...onlyLeft, ...onlyRight].some(holdsUnreadable)) {
      this.unknowns.push({ path, why: 'members that cannot be read' });
    } else {
      this.#differ(pairedBy(onlyLeft, onlyRight, isRounded) ? 'rounding' : 'value', path, left, right);
    }
  }

  #compareDicts(left: Of<'dict'>, right: Of<'dict'>, path: string): void {
    const textOfKey = ([key]: Entry) => canonicalText(key);
    const [onlyLeft, onlyRight] = withoutCommon(left.entries, right.entries, textOfKey);
    const keysOf = (entries: readonly Entry[]) => entries.map(([key]) => key);
    if (keysOf([...onlyLeft, ...onlyRight]).some(holdsUnreadable)) {
      this.unknowns.push({ path, why: 'keys that cannot be read' });
    } else if (onlyLeft.length > 0 && pairedBy(keysOf(onlyLeft), keysOf(onlyRight), isRounded)) {
      this.#differ('rounding', path, left, right);
      const [mine, others] = [sortedByKey(onlyLeft), sortedByKey(onlyRight)];
      for (const [index, [key, value]] of mine.entries()) {
        const other = others[index];
        if (other) this.compare(value, other[1], path + keyStep(key));
      }
    } else {
      for (const [key, value] of onlyLeft) this.#differ('value', path + keyStep(key), value, undefined);
      for (const [key, value] of onlyRight) this.#differ('value', path + keyStep(key), undefined, value);
    }
    const values = new Map(right.entries.map((entry) => [textOfKey(entry), entry[1]]));
    for (const entry of left.entries) {
      const value = values.get(textOfKey(entry));
      if (value) this.compare(entry[1], value, path + keyStep(entry[0]));
    }
    const order = (dict: Of<'dict'>) => JSON.stringify(dict.entries.map(textOfKey));
    if (left.ordered && onlyLeft.length + onlyRight.length === 0 && order(left) !== order(right)) {
      this.#differ('value', `${path} (order)`, left, right);
    }
  }

  #compareObjects(left: Of<'object'>, right: Of<'object'>, path: string): void {
    const before = this.differences.length + this.unknowns.length;
    this.#compareFields(left.public, right.public, path, left.calls ? undefined : left.type);
    this.#comparePrivate(left.private, right.private, path);
    const alike = this.differences.length + this.unknowns.length === before;
    if (left.repr !== right.repr && [left.repr, right.repr].includes(VARIES)) {
      this.unknowns.push({ path: `${path} (repr)`, why: VARIES });
    } else if (left.repr !== right.repr) {
      const read = left.private !== undefined && right.private !== undefined;
      if (alike && !read) this.unread.add(`${left.type}.*`);
      const aspect =
        alike && read && holdsAnything(left) ? 'formatting' : reprAspect(left.type, left.repr, right.repr);
      this.#differ(aspect, `${path} (repr)`, left.repr, right.repr);
    } else if (left.cut ?? right.cut) {
      this.unknowns.push({ path, why: `${left.type}: its repr leaves out parts that nothing else shows` });
    }
  }

  #comparePrivate(left: Of<'object'>['private'], right: Of<'object'>['private'], path: string): void {
    if (!left || !right) return;
    const outer = this.#private;
    this.#private = true;
    this.#compareFields(left, right, path);
    this.#private = outer;
  }

  /** @param type of the object, where its attributes can be read by name */
  #compareFields(
    left: Of<'object'>['public'],
    right: Of<'object'>['public'],
    path: string,
    type?: string,
  ): void {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const [a, b] = [ownField(left, name), ownField(right, name)];
      const place = `${path}.${name}`;
      if (a && b) this.compare(a, b, place);
      else {
        // What one side's objects have beside the rest is how it is written; a callable was given what it has.
        this.#differ(type === undefined ? 'value' : 'internal', place, a, b);
        if (type !== undefined) this.unread.add(`${type}.${name}`);
      }
    }
  }

  #compareIterators(left: Of<'iterator'>, right: Of<'iterator'>, path: string): void {
    this.#compareItems(left.items, right.items, path, [left, right]);
    const ending = ({ raised, more }: Of<'iterator'>) => (raised ? faultText(raised) : more ? 'more' : 'end');
    if (ending(left) !== ending(right)) this.#differ('value', `${path} (end)`, ending(left), ending(right));
    else if (left.more) this.unknowns.push({ path, why: 'an iterator that goes on' });
  }

  #differ(
    aspect: ValueDifference['aspect'],
    path: string,
    left: Canonical | string | undefined,
    right: Canonical | string | undefined,
  ): void {
    this.differences.push({
      aspect: this.#private ? 'internal' : aspect,
      path,
      ...(left === undefined ? {} : { left }),
      ...(right === undefined ? {} : { right }),
    });
  }
}

/** Whether two values differ by rounding only. */
const isRounded = (left: Canonical, right: Canonical): boolean => {
  const { differences, unknowns } = compareCanonical(left, right);
  return unknowns.length === 0 && differences.every(({ aspect }) => aspect === 'rounding');
};

const keyStep = (key: Canonical): string => `[${python.literalOf(key) ?? canonicalText(key)}]`;

const holdsAnything = ({ public: fields, private: hidden }: Of<'object'>): boolean =>
  Object.keys(fields).length + Object.keys(hidden ?? {}).length > 0;

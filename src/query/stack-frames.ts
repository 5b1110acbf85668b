/**
 * Stacks of exceptions as frames: Java, JavaScript, .NET, Python, Go, Ruby and PHP (FORMATS §4.7).
 * What is no frame of a language we know is left out; a stack without any frame has none.
 */
import type { StackFrame } from '../model/answers-spans.ts';
import { isLibraryCode } from './library-code.ts';

export interface ParsedStack {
  readonly language: string;
  /** Innermost first. */
  readonly frames: readonly StackFrame[];
}

interface Found {
  readonly code: string;
  readonly place: string;
}

interface Language {
  readonly name: string;
  readonly frame: RegExp;
  readonly read: (groups: readonly string[]) => Found;
  /** The most recent call comes last. */
  readonly innermostLast?: boolean;
}

const MOST_FRAMES = 200;
const MOST_CHARACTERS = 200_000;

const LANGUAGES: readonly Language[] = [
  {
    name: 'Java',
    frame:
      /^\s*at\s+(?:[\w.@-]*\/)*([\w.$<>]+)\(((?:[\w$-]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?)|Native Method|Unknown Source|<generated>)\)/,
    read: ([code, place]) => ({ code, place }),
  },
  {
    name: 'JavaScript',
    frame: /^\s*at\s+(?:(?:async\s+)?(.+?)\s+\()?((?:[\w-]+:)?[^\s()]+:\d+:\d+|<anonymous>|native)\)?\s*$/,
    read: ([code, place]) => ({ code, place }),
  },
  {
    name: '.NET',
    frame: /^\s*at\s+([^\s(][^(]*\([^)]*\))(?:\s+in\s+(.+?):line\s+(\d+))?\s*$/,
    read: ([code, file, line]) => ({ code, place: file ? `${file}:${line}` : '' }),
  },
  {
    name: 'Python',
    frame: /^\s*File "([^"]+)", line (\d+)(?:, in (.+?))?\s*$/,
    read: ([file, line, code]) => ({ code, place: `${file}:${line}` }),
    innermostLast: true,
  },
  {
    name: 'PHP',
    frame: /^\s*#\d+\s+(?:(.+?)\((\d+)\):|\[internal function\]:)\s*(.+?)\s*$/,
    read: ([file, line, code]) => ({ code, place: file ? `${file}:${line}` : '' }),
  },
  {
    name: 'Ruby',
    frame: /^\s*(?:from\s+|\d+:\s+from\s+)?([^\s:][^:]*\.(?:rb|erb|rake)):(\d+)(?::in [`'](.+?)')?/,
    read: ([file, line, code]) => ({ code, place: `${file}:${line}` }),
  },
  {
    name: 'JavaScript',
    frame: /^(?:(.*?)@)?((?:https?|file|webpack|app|moz-extension|chrome-extension)[^\s]*:\d+:\d+)\s*$/,
    read: ([code, place]) => ({ code, place }),
  },
];

const CAUSE = /^\s*(?:Caused by:|---> |The above exception was|During handling of)/;
const GO_PLACE = /^\s+(\S+\.(?:go|s)):(\d+)(?:\s\+0x[\da-f]+)?\s*$/;
const GO_CODE = /^(?:created by )?(\S.*?)(?:\([^()]*\))?(?: in goroutine \d+)?\s*$/;

export function parseStack(stack: string): ParsedStack {
  const lines = stack.slice(0, MOST_CHARACTERS).split(/\r?\n/);
  const go = goFrames(lines);
  if (go.length > 0) return { language: 'Go', frames: go };
  const language = LANGUAGES.find(({ frame }) => lines.some((line) => frame.test(line)));
  if (!language) return { language: '', frames: [] };
  const frames = framesOf(lines, language);
  return { language: language.name, frames: language.innermostLast ? innermostFirst(frames) : frames };
}

function framesOf(lines: readonly string[], language: Language): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of lines) {
    if (frames.length >= MOST_FRAMES) break;
    const match = language.frame.exec(line);
    if (match) frames.push(frameOf(language.name, language.read(match.slice(1).map((group) => group ?? ''))));
    else if (CAUSE.test(line)) frames.push({ code: line.trim(), place: '', own: false, cause: true });
  }
  return frames;
}

function frameOf(language: string, { code, place }: Found): StackFrame {
  return { code, place, own: !isLibraryCode(language, code, place), cause: false };
}

/** Python writes the cause first and says so between the two: turned around, the cause follows. */
function innermostFirst(frames: readonly StackFrame[]): StackFrame[] {
  return frames.toReversed();
}

/** A function and, on the line below, its place. */
function goFrames(lines: readonly string[]): StackFrame[] {
  const frames: StackFrame[] = [];
  for (let i = 1; i < lines.length && frames.length < MOST_FRAMES; i++) {
    const place = GO_PLACE.exec(lines[i]);
    const code = GO_CODE.exec(lines[i - 1]);
    if (place && code) frames.push(frameOf('Go', { code: code[1], place: `${place[1]}:${place[2]}` }));
  }
  return frames;
}

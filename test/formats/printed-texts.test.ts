import { expect, test } from 'vitest';
import { PrintedTexts } from '../../src/formats/printed-texts.ts';

test('of a name that comes again the last text counts, and the last one may go on', () => {
  const texts = new PrintedTexts();
  expect(texts.isEmpty).toBe(true);
  texts.add('a', '1');
  texts.add('b', '2');
  texts.add('a', '3');
  texts.addLine('4');
  expect([texts.get('a'), texts.get('b'), texts.get('c'), texts.isEmpty]).toEqual([
    '3\n4',
    '2',
    undefined,
    false,
  ]);
  texts.add('b', '');
  const { map } = texts.attributes((value) => (value === '' ? null : { type: 'string', value }));
  expect([...map]).toEqual([['a', { type: 'string', value: '3\n4' }]]);
});

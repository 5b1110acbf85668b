/** `rows` of a tree, each before those below it: siblings are put in order among each other. Nothing recurses. */
export function sortTree<Row>(
  rows: readonly Row[],
  depth: (row: Row) => number,
  inOrder: (siblings: readonly Row[]) => readonly Row[],
): readonly Row[] {
  const top: Row[] = [];
  const below = new Map<Row, Row[]>();
  const above: Row[] = [];
  for (const row of rows) {
    while (above.length > 0 && depth(above[above.length - 1]) >= depth(row)) above.pop();
    const parent = above.at(-1);
    const siblings = parent === undefined ? top : (below.get(parent) ?? []);
    siblings.push(row);
    if (parent !== undefined) below.set(parent, siblings);
    above.push(row);
  }
  const sorted: Row[] = [];
  const pending = inOrder(top).toReversed();
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    sorted.push(row);
    pending.push(...inOrder(below.get(row) ?? []).toReversed());
  }
  return sorted;
}

/** ClickHouse's types of columns, which some of its formats put below their names. */
const COLUMN_TYPE =
  /^(String|FixedString\(.*|U?Int\d+|Float\d+|Bool|UUID|JSON|Date\w*(\(.*)?|Enum\w*\(.*|LowCardinality\(.*|Nullable\(.*|Map\(.*|Array\(.*)$/;

/** The first cells are types: no row of spans begins so. */
export function areColumnTypes(cells: readonly unknown[]): boolean {
  return cells.slice(0, 3).every((cell) => typeof cell === 'string' && COLUMN_TYPE.test(cell));
}

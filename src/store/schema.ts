/** The database: tables and keys. Shapes are in stored-types.ts, versions in upgrades.ts. */
import { Dexie, type DexieOptions, type Table } from 'dexie';
import type {
  ColumnsRow,
  DatasetRow,
  PieceRow,
  PlainSegmentRow,
  SegmentRow,
  SettingRow,
} from './stored-types.ts';
import { SCHEMA_STEPS } from './upgrades.ts';

export const DATABASE_NAME = 'headwater';

export class HeadwaterDatabase<Segment> extends Dexie {
  declare readonly datasets: Table<DatasetRow, number>;
  declare readonly segments: Table<SegmentRow | PlainSegmentRow<Segment>, [number, number]>;
  declare readonly requests: Table<PieceRow | ColumnsRow, [number, number]>;
  declare readonly settings: Table<SettingRow, string>;

  constructor(name: string, options?: DexieOptions) {
    // 'relaxed': a power cut may lose the last import but cannot leave half of one.
    super(name, { ...options, chromeTransactionDurability: 'relaxed' });
    for (const step of SCHEMA_STEPS) {
      const version = this.version(step.version).stores(step.tables);
      if (step.upgrade) version.upgrade(step.upgrade);
    }
  }
}

import type { BacktraceAnswer, ChainPath } from '../../model/answers.ts';

/** What each tab of the panel of the selected node is given. */
export interface NodeTabProps {
  readonly backtrace: BacktraceAnswer;
  /** The selected node: the target service first. */
  readonly path: ChainPath;
}

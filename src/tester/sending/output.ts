import type { RecordView } from '../agent-view'
import type { Outcome, Listener } from './run'

/** Where the results of `send` go. */
export interface Output extends Listener {
  /** Is called before the first event is sent. */
  begin: () => void
  /** Says something that is no result. */
  announce: (line: string) => void
  /** @param agent what an agent sees, where that is asked for */
  end(outcome: Outcome, agent: RecordView[] | undefined): void
}

/** What is written to: standard output, or what stands in for it. */
export interface Stream {
  write(text: string): unknown
  /** Undefined where it is no terminal. */
  columns?: number
}

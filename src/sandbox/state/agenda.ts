import type { World } from './world'

/** Work that is to be done at a time. It is done once somebody looks: the sandbox has no timers. */
export class Agenda {
  private pending: Array<{ due: number; run: () => void }> = []

  constructor(private readonly world: World) {}

  /** Does the work once so many milliseconds are over. */
  after(milliseconds: number, run: () => void): void {
    this.pending.push({ due: this.world.now().getTime() + milliseconds, run })
  }

  /** Does what is due, the earliest first. */
  runDue(): void {
    if (this.pending.length === 0) {
      return
    }
    const now = this.world.now().getTime()
    const due = this.pending.filter((work) => work.due <= now)
    this.pending = this.pending.filter((work) => work.due > now)
    for (const { run } of due.sort((one, other) => one.due - other.due)) {
      run()
    }
  }
}

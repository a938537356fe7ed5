/** The text, trimmed, or undefined where nothing or more than `max` characters are left of it. */
export function within(text: string | undefined, max: number): string | undefined {
  const trimmed = text?.trim() ?? ''
  return trimmed !== '' && trimmed.length <= max ? trimmed : undefined
}

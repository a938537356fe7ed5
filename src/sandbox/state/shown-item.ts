/** [P] Items may have an `id` or `externalVerified`, which are refused when written. Parts that are null are left out. */
export function shownItem(item: object, index: number): Record<string, unknown> {
  const parts = Object.entries(item).filter(([, value]) => value !== null && value !== undefined)
  const isContact = 'email' in item || 'phone' in item
  return {
    ...(isContact ? { verified: false, externalVerified: false } : {}),
    ...(Object.fromEntries(parts) as Record<string, unknown>),
    id: `c${index.toString(16).padStart(23, '0')}`
  }
}

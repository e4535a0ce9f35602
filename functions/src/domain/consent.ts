/** What we ask people's agreement for. */
export const consentPurposes = ['terms', 'privacy', 'analytics', 'product_updates'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const ENV = ['RECEIPT_RULE_SET', 'SETTINGS_FILE'] as const;

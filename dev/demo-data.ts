/** Who can sign in right after `npm start`. */
export const demoLogin = { email: 'demo@pm-bot.local', password: 'pm-bot-demo-2026' };

/**
 * Called by `npm start` after the migrations and before the functions, with the variables the
 * functions get. Must find its own work done on the second start.
 */
export const loadDemoData = async (_env: Record<string, string>): Promise<void> => undefined;

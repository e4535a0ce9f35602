/** What is kept of a password: its Argon2id hash, and the version of the pepper in it. */
export type StoredPassword = { hash: string; pepper: string | null };

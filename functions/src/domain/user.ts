export type UserStatus = 'pending_verification' | 'active' | 'disabled' | 'erased';

/** The JavaScript Firestore emulator as a program: `node dev/firestore-js.ts PORT`. */
import { FirestoreServer } from '@firestore-emulator/server';

await new FirestoreServer().start(Number(process.argv[2]));

// breaks: contracts-terms-uses-only-rooms-below
import '../signing/sign.js';

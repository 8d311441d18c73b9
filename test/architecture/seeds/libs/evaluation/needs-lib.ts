// breaks: libs-lean-on-kernel-only
import '#libs/matching';

// breaks: kernel-stands-alone
import '#libs/matching';

# What the windows say.

loading = Đang tải…
people = Mọi người
calls = Cuộc gọi
accounts = Tài khoản
settings = Cài đặt
views = Chế độ xem

## Settings

address-books = Sổ địa chỉ
contacts = { $count } liên hệ
read-at = đọc lúc { $time }
skipped-places = { $count } chỗ không được lấy hoặc không đủ
place-in-line = Dòng { $line }: { $why }
further-places = và { $count } nữa; “ringside contacts check FILE” liệt kê chúng
search-settings = Tìm trong cài đặt
no-settings = Không có cài đặt nào phù hợp.
fixed-settings = Không thể thay đổi cài đặt của bản dùng thử.
settings-file = Lưu tại { $path }
organisation-file = Của tổ chức bạn: { $path }
locked-by = Do tổ chức của bạn ấn định
theirs = Do tổ chức của bạn đặt
usual = Thường dùng: { $value }
set-but-hidden = Đã đặt; không hiển thị
back-to-usual = Trả { $title } về giá trị thường dùng
reset = Giá trị thường dùng
saved = { $title }: đã lưu
yes = Bật
no = Tắt

## Oneself

you = Bạn
own-state = Trạng thái của bạn
own-unknown = Không rõ trạng thái
not-connected = Chưa kết nối
no-accounts = Chưa có tài khoản

## Do not disturb

dnd = Không làm phiền
dnd-until = Đến { $time }
dnd-on = Cho đến khi bạn tắt
dnd-lengths = Không làm phiền trong bao lâu
dnd-30 = Trong 30 phút
dnd-60 = Trong 1 giờ
dnd-tomorrow = Đến ngày mai
dnd-open = Cho đến khi tôi tắt
dnd-at = Đến
dnd-at-label = Không làm phiền đến giờ này
dnd-set = Đặt
dnd-keep = Giữ bật
dnd-asking = Vẫn đang bật. Giữ bật?
dnd-partly = Không phải ở mọi nơi
dnd-schedule = Theo lịch, cho đến khi bạn tắt
dnd-schedule-until = Theo lịch, đến { $time }
dnd-held-off = Lịch tạm tắt đến { $time }
dnd-states = Không làm phiền, theo từng tài khoản
dnd-off = Tắt
dnd-some = Chỉ bật ở { $accounts }
dnd-stopped = Ringside không chạy.
dnd-on-elsewhere = được bật ở nơi khác
dnd-on-elsewhere-at = được bật ở nơi khác lúc { $time }
dnd-off-elsewhere = bị tắt ở nơi khác
dnd-off-elsewhere-at = bị tắt ở nơi khác lúc { $time }
dnd-here-only = chỉ im lặng ở đây
dnd-follows = im lặng ở đây; nhà cung cấp sẽ theo sau
dnd-confirmed = bật
dnd-settling = đang đổi …

## Connections

connections = Kết nối
connection-lacking = Đã kết nối, nhưng chưa đủ
connection-connecting = Đang kết nối
connection-live = Đã kết nối
connection-waiting = Đang chờ
connection-sign-in = Cần đăng nhập
connection-stopped = Đã dừng
retry-in = Thử lại sau { $length }
retrying = Đang thử lại
retry = Thử lại
retry-account = Thử lại { $account }
sign-in = Đăng nhập
sign-in-by = Đăng nhập bằng
choose-provider = Chọn …
sign-in-to = Đăng nhập { $account }
dismiss = Bỏ qua
not-asked = Không hỏi được Ringside; nếu tiếp diễn, hãy khởi động lại.
detached = Ringside đã dừng; những gì bạn thấy là cũ. Hãy mở lại Ringside để khởi động.
detached-title = Ringside không chạy
detached-help = Hãy mở Ringside từ danh sách ứng dụng; cửa sổ này sẽ tự có dữ liệu.

## Will I ring?

will-i-ring = Có đổ chuông?
will-ring = Cuộc gọi sẽ đến được bạn.
will-ring-warned = Cuộc gọi sẽ đến được bạn, nhưng hãy xem điều này.
will-not-ring = Cuộc gọi có thể không đến được bạn.
not-proven = Chưa chứng minh được mọi tài khoản đều hoạt động.
all-proven = Mọi tài khoản đã được chứng minh là hoạt động.
listening = Đang nghe từ { $since }, { $heard }
heard-ago = tín hiệu cuối { $length } trước
heard-never = chưa nghe thấy gì
missed-out = { $count } khoảng trống chưa được bù
check = Kiểm tra mọi thứ ngay
checking = Đang kiểm tra…
checked-at = Đã kiểm tra { $time }
good-findings = { $count } mục ổn
close = Đóng

## People

search = Tìm tên, số hoặc phòng ban
clear-search = Xóa tìm kiếm
filter = Chỉ hiển thị
all = Tất cả
standing-available = Rảnh
standing-ringing = Đang đổ chuông
standing-busy = Đang bận
standing-dnd = Không làm phiền
standing-away = Vắng mặt
standing-offline = Ngoại tuyến
standing-unknown = Không rõ
standing-stale = Chưa kết nối
state-for = { $state } { $length }
last-known = Biết lần cuối { $length } trước: { $state }
last-known-just = Chưa kết nối, trước đó: { $state }
deaf-since = Mất kết nối từ { $time }
until = đến { $time }
also-dnd = không làm phiền
dial = Gọi { $who }
dialing = Đang gọi { $who }: hãy nhấc máy của bạn
nobody = Không có ai phù hợp.
nobody-yet = Đồng nghiệp hiện ở đây ngay khi một tài khoản được kết nối.
sign-in-first = Đăng nhập để xem đồng nghiệp.
favourite = Yêu thích
favourites = Yêu thích
everybody = Mọi người
nowhere = Không có phòng ban
group-by = Nhóm theo
grouping-none = Không nhóm
grouping-account = Tài khoản
grouping-department = Phòng ban
number = Số
department = Phòng ban
account = Tài khoản
call = Gọi
copy-number = Sao chép số
copied = Đã sao chép { $what }
not-copied = Không sao chép được; hãy chọn bằng chuột.
tell-when-free = Báo cho tôi khi rảnh, trong
will-tell = Bạn sẽ được báo khi { $who } rảnh
awaited-until = Bạn sẽ được báo khi rảnh, đến { $time }
tell-no-more = Không báo nữa
shown-all = { $count } người
shown-some = { $count } trong { $all } người

## Calls

now = Hiện tại
recent = Gần đây
missed = { $count } cuộc gọi nhỡ
missed-seen = Đánh dấu đã xem
no-calls = Hiện không có cuộc gọi
search-calls = Tìm tên, số, đường dây hoặc ghi chú
kind-all = Tất cả
kind-missed = Nhỡ
kind-incoming = Gọi đến
kind-outgoing = Gọi đi
no-such-call = Không có cuộc gọi nào phù hợp.
found = { $count } cuộc gọi
more = Hiện thêm
when = Khi nào
line = Đường dây
with-whom = Với
why = Thông báo
why-shown = Đã hiện: { $why }
why-not-shown = Không hiện: { $why }
call-back-short = Gọi lại
note = Ghi chú
note-help = Nội dung là gì?
noted = Đã lưu ghi chú
remind = Nhắc tôi sau
reminds-at = Nhắc lúc { $time }
will-remind = Bạn sẽ được nhắc lúc { $time }
remind-not = Không nhắc
no-reminder = Đã bỏ lời nhắc
make-private = Đặt riêng tư
private-sure = Người ở đầu bên kia sẽ bị quên vĩnh viễn. Cuộc gọi vẫn ở trong danh sách.
made-private = Đã quên người ở đầu bên kia
erase = Xóa
erase-sure = Cuộc gọi này sẽ bị xóa vĩnh viễn khỏi máy tính này.
erased = Đã xóa cuộc gọi
keep-or-erase = Lưu hoặc xóa cuộc gọi
save-calls = Lưu cuộc gọi vào tệp
save-all = Các cuộc gọi trong danh sách.
save-found = { $count } cuộc gọi đang hiển thị.
save-csv = Bảng (CSV)
save-json = JSON
saving = Đang lưu…
saved-calls = Đã lưu { $count } cuộc gọi vào { $path }
keep-calls = Giữ cuộc gọi trong
keep-none = Không giữ cuộc gọi
keep-years = { $count } năm
keep-days = { $count } ngày
keep-help = Cuộc gọi cũ hơn tự bị xóa khỏi máy tính này.
kept = Cuộc gọi được giữ { $length }
erase-calls = Xóa cuộc gọi
erase-older = Cũ hơn { $length }
erase-all = Tất cả cuộc gọi
erase-older-sure = Mọi cuộc gọi cũ hơn { $length } sẽ bị xóa vĩnh viễn khỏi máy tính này.
erase-all-sure = Mọi cuộc gọi cùng ghi chú và lời nhắc sẽ bị xóa vĩnh viễn khỏi máy tính này.
erased-calls = Đã xóa các cuộc gọi
erase-number = Xóa tất cả với số này
erase-number-sure = Mọi cuộc gọi với số này sẽ bị xóa vĩnh viễn khỏi máy tính này.
no-recent = Các cuộc gọi đi và đến của bạn sẽ hiện ở đây.
hidden-number = Số ẩn
unknown-caller = Người gọi không rõ
call-ringing = Đang đổ chuông
call-calling = Đang gọi
call-held = Đang giữ máy
call-held-with = Đang giữ máy với { $who }
call-talking = Đang nói chuyện
call-talking-with = Đang nói chuyện với { $who }
no-answer = Không trả lời
outcome-answered = Đã trả lời
outcome-missed = Nhỡ
outcome-voicemail = Hộp thư thoại
outcome-answered-elsewhere = Trả lời ở nơi khác
outcome-declined = Bị từ chối
outcome-busy = Máy bận
outcome-transferred = Đã chuyển máy
outcome-failed = Không kết nối được
outcome-lost = Không thấy lúc kết thúc
talked = Đã trả lời, { $length }
incoming = Gọi đến
outgoing = Gọi đi
call-back = Gọi lại { $who }
newly-missed = Mới
incoming-call = Cuộc gọi đến
call-from = Cuộc gọi đến từ { $who }
caller-note = Ghi chú: { $note }
caller-call-back = Bạn muốn gọi lại.
waiting-calls = { $count } người gọi đang chờ
queues = Hàng đợi
pick-up = Nhấc máy
pick-up-from = Nhấc máy cho người gọi đầu tiên của { $queue }
silence = Im lặng
silence-call = Im lặng cuộc gọi từ { $who }
open = Mở

## Accounts

last-heard = Tín hiệu cuối
ago = { $length } trước
never = Chưa
connection-state = Kết nối
since = từ { $time }
over = qua { $transport }
new-token = Đăng nhập lại
owner = Bạn là
gaps = Khoảng trống
gap = { $from } đến { $to }
gap-calls = { $count } cuộc gọi lấy lại sau đó
gap-rest = { $calls }, phần còn lại không lấy được
gap-nothing = không lỡ cuộc gọi nào
gap-filled = đã lấy lại sau đó
gap-open = không lấy lại được
unknown = Tin nhắn bị bỏ qua
remove = Gỡ bỏ
remove-account = Gỡ bỏ { $account }
remove-title = Gỡ tài khoản “{ $account }”?
remove-help = Cài đặt và mã đã lưu của nó sẽ bị xóa khỏi máy tính này.
quit = Thoát Ringside
quit-title = Thoát Ringside?
quit-help = Sẽ không có gì báo cuộc gọi cho đến khi bạn mở lại.
cancel = Hủy
add-account = Thêm tài khoản
add = Thêm tài khoản
adding = Đang thêm…
signing-in = Đang đăng nhập…
provider = Nhà cung cấp
no-browser-sign-in = Bạn đăng nhập ở đây bằng thông tin nhà cung cấp đã đưa; không nhà cung cấp nào mô tả cách đăng nhập qua trình duyệt.
connecting-to = Đang kết nối { $account }; đồng nghiệp sẽ hiện trong giây lát.
account-name = Tên trên máy tính này
account-name-help = Chữ thường, chữ số và gạch nối, ví dụ “work”.
account-name-taken = Đã có tài khoản tên này.
advanced = Địa chỉ
advanced-help = Để trống để dùng của nhà cung cấp.

## First run

welcome = Chào mừng đến với Ringside
welcome-help = Thêm tài khoản điện thoại để xem ai gọi và đồng nghiệp nào đang rảnh.

## Times

span-seconds = { $count } giây
span-minutes = { $count } phút
span-hours = { $count } giờ
span-hours-minutes = { $hours } giờ { $minutes } phút
span-days = { $count } ngày
tomorrow-at = { $time } ngày mai
yesterday-at = { $time } hôm qua
